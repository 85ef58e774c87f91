"use client";
import { CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { useHref, useHub } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";

interface FirstStepsProps {
	connections: { side: "source" | "destination" }[];
}

/** What a new account still lacks before orders can flow; each step may be left and come back to. */
export function FirstSteps({ connections }: FirstStepsProps) {
	const { account, merchants } = useHub();
	const href = useHref();
	const hasCart = connections.some(({ side }) => side === "source");
	const hasWarehouse = connections.some(({ side }) => side === "destination");
	return (
		<section aria-label="First steps" className="card-frame max-w-2xl p-5">
			<h2 className="mb-1 font-semibold text-[15px]">A few steps until orders flow</h2>
			<p className="mb-4 text-[13px] text-muted">
				Every step can be left and come back to. Nothing is sent before the last one.
			</p>
			<ol className="flex flex-col gap-4">
				{account.kind === "fulfillment" && (
					<Step
						done={merchants.length > 0}
						title="Add a merchant"
						about="A brand whose orders you pack."
						action={<LinkButton href={href("merchants")}>Add a merchant</LinkButton>}
					/>
				)}
				<Step
					done={hasWarehouse}
					title="Connect the warehouse"
					about="Where orders go, and where shipments and stock come from."
					action={<LinkButton href={href("connections/new")}>Connect a warehouse</LinkButton>}
				/>
				<Step
					done={hasCart}
					title="Connect a cart"
					about="Where orders come from. Orders that change from then on are loaded."
					action={<LinkButton href={href("connections/new")}>Connect a cart</LinkButton>}
				/>
				<Step
					done={false}
					title="Let the cart go live"
					about="Look at the orders that wait, and release them. Until then nothing is sent."
					action={null}
				/>
			</ol>
		</section>
	);
}

function Step({ done, title, about, action }: { done: boolean; title: string; about: string; action: ReactNode }) {
	return (
		<li className="flex flex-wrap items-center gap-x-3 gap-y-2">
			{done ? (
				<CircleCheck size={18} className="text-success" aria-hidden />
			) : (
				<CircleDashed size={18} className="text-muted" aria-hidden />
			)}
			<span className="min-w-48 flex-1">
				<span className="block font-medium">
					{title}
					<span className="sr-only">{done ? ", done" : ", to do"}</span>
				</span>
				<span className="block text-[13px] text-muted">{about}</span>
			</span>
			{!done && action}
		</li>
	);
}
