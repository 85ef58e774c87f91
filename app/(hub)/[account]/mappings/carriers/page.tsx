import type { Metadata } from "next";
import { CarrierPage } from "@/components/mapping/carrier-page";

export const metadata: Metadata = { title: "Carriers" };

export default function Page() {
	return <CarrierPage />;
}
