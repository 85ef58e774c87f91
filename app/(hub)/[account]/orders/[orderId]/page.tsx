import type { Metadata } from "next";
import { OrderPage } from "@/components/order/order-page";

export const metadata: Metadata = { title: "Order" };

export default async function Page({ params }: { params: Promise<{ orderId: string }> }) {
	return <OrderPage orderId={(await params).orderId} />;
}
