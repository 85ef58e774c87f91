import type { ReactNode } from "react";
import { MappingsNav } from "@/components/mapping/mappings-nav";

export default function MappingsLayout({ children }: { children: ReactNode }) {
	return (
		<>
			<MappingsNav />
			{children}
		</>
	);
}
