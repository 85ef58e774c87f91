import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";

export default function AuthLayout({ children }: { children: ReactNode }) {
	return (
		<div className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
			<main className="w-full max-w-sm">
				<p className="mb-6 flex items-center gap-2 font-semibold text-[18px]">
					<span className="text-accent">
						<Mark size={26} />
					</span>
					Crossdock
				</p>
				{children}
			</main>
		</div>
	);
}
