import type { Metadata } from "next";
import { TestPage } from "@/components/integration-test/test-page";

export const metadata: Metadata = { title: "Test the integration" };

export default async function Page({ params }: { params: Promise<{ connectionId: string }> }) {
	return <TestPage connectionId={(await params).connectionId} />;
}
