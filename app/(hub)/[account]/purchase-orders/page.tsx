import type { Metadata } from "next";
import { PurchaseOrderList } from "@/components/purchase-order/purchase-order-list";

export const metadata: Metadata = { title: "Purchase orders" };

export default function PurchaseOrdersPage() {
	return <PurchaseOrderList />;
}
