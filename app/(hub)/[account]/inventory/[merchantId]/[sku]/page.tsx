import type { Metadata } from "next";
import { ExplainPage } from "@/components/inventory/explain-page";

export const metadata: Metadata = { title: "Explain this number" };

export default async function Page({ params }: { params: Promise<{ merchantId: string; sku: string }> }) {
	const { merchantId, sku } = await params;
	return <ExplainPage merchantId={merchantId} sku={decodeURIComponent(sku)} />;
}
