import type { Metadata } from "next";
import { ItemPage } from "@/components/mapping/item-page";

export const metadata: Metadata = { title: "Aliases" };

export default function Page() {
	return <ItemPage kind="alias" />;
}
