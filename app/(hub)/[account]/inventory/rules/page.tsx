import type { Metadata } from "next";
import { StockRulesPage } from "@/components/stock/stock-rules-page";

export const metadata: Metadata = { title: "Stock rules" };

export default function Page() {
	return <StockRulesPage />;
}
