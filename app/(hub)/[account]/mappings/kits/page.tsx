import type { Metadata } from "next";
import { ItemPage } from "@/components/mapping/item-page";

export const metadata: Metadata = { title: "Kits" };

export default function Page() {
	return <ItemPage kind="kit" />;
}
