import type { Metadata } from "next";
import { ItemPage } from "@/components/mapping/item-page";

export const metadata: Metadata = { title: "SKU mappings" };

export default function Page() {
	return <ItemPage kind="mapping" />;
}
