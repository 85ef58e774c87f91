import type { Metadata } from "next";
import { NewConnection } from "@/components/connection/new-connection";

export const metadata: Metadata = { title: "Connect a system" };

export default function Page() {
	return <NewConnection />;
}
