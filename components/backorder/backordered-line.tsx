"use client";
import Link from "next/link";
import { useHref } from "../shell/hub-context";
import { backorderedLook } from "../status/order-status";

/** Beside the states: how many of those orders wait for stock. They need nobody, so nothing is shown where none does. */
export function BackorderedLine({ count, merchant }: { count: number; merchant: string | null }) {
	const href = useHref();
	if (count === 0) return null;
	const { icon: Icon, sentence } = backorderedLook;
	return (
		<p className="mt-2 text-[13px]">
			<Link
				href={href(`orders/backorders${merchant ? `?merchant=${merchant}` : ""}`)}
				title={sentence}
				className="inline-flex items-center gap-1.5 text-accent underline"
			>
				<Icon size={14} aria-hidden />
				{count === 1 ? "1 open order waits for stock" : `${count.toLocaleString("en")} open orders wait for stock`}
			</Link>
		</p>
	);
}
