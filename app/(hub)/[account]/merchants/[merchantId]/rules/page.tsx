import type { Metadata } from "next";
import { RulesPage } from "@/components/rule/rules-page";

export const metadata: Metadata = { title: "Rules" };

export default async function Page({ params }: { params: Promise<{ merchantId: string }> }) {
	const { merchantId } = await params;
	return <RulesPage merchantId={merchantId} />;
}
