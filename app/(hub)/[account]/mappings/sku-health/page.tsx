import type { Metadata } from "next";
import { SkuHealth } from "@/components/mapping/sku-health";

export const metadata: Metadata = { title: "SKU health" };

export default function Page() {
	return <SkuHealth />;
}
