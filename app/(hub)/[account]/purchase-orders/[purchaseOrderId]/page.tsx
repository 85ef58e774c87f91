import type { Metadata } from "next";
import { PurchaseOrderPage } from "@/components/purchase-order/purchase-order-page";

export const metadata: Metadata = { title: "Purchase order" };

export default async function Page({ params }: { params: Promise<{ purchaseOrderId: string }> }) {
	return <PurchaseOrderPage purchaseOrderId={(await params).purchaseOrderId} />;
}
