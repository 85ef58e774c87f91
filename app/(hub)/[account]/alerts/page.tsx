import type { Metadata } from "next";
import { AlertList } from "@/components/alert/alert-list";

export const metadata: Metadata = { title: "Alerts" };

export default function Page() {
	return <AlertList />;
}
