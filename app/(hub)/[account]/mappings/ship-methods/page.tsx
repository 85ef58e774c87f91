import type { Metadata } from "next";
import { ShipMethodPage } from "@/components/mapping/ship-method-page";

export const metadata: Metadata = { title: "Ship methods" };

export default function Page() {
	return <ShipMethodPage />;
}
