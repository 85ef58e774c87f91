import type { Metadata } from "next";
import { InventoryList } from "@/components/inventory/inventory-list";

export const metadata: Metadata = { title: "Inventory" };

export default function Page() {
	return <InventoryList />;
}
