import type { Metadata } from "next";
import { BackorderList } from "@/components/backorder/backorder-list";

export const metadata: Metadata = { title: "Backorders" };

export default function BackordersPage() {
	return <BackorderList />;
}
