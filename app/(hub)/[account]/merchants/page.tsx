import type { Metadata } from "next";
import { MerchantList } from "@/components/merchant/merchant-list";

export const metadata: Metadata = { title: "Merchants" };

export default function Page() {
	return <MerchantList />;
}
