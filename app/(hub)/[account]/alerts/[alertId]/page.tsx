import type { Metadata } from "next";
import { AlertPage } from "@/components/alert/alert-page";

export const metadata: Metadata = { title: "Alert" };

export default async function Page({ params }: { params: Promise<{ alertId: string }> }) {
	return <AlertPage alertId={(await params).alertId} />;
}
