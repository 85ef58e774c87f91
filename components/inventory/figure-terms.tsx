"use client";
import { Disclosure } from "@heroui/react";
import { formulaOf } from "@/lib/canonical/figure-formula";
import { ExchangeView } from "../run/exchange-view";
import { useMay } from "../shell/hub-context";
import { Time } from "../ui/time";
import type { Explained } from "./explain-page";

type Figure = Explained["figures"][number];

/** A cart's figure as one line, and as the sum of its named terms. */
export function FigureTerms({ figure }: { figure: Figure }) {
	return (
		<>
			<p className="num mb-2 font-medium">{formulaOf(figure)}</p>
			<table className="w-full text-[13px]">
				<caption className="sr-only">The terms of the figure of {figure.cart.name}</caption>
				<tbody>
					{figure.terms.map((term, index) => (
						<tr key={`${term.kind}-${term.detail}-${term.label}`}>
							<th scope="row" className="py-1 text-left font-normal">
								{term.label}
								{term.detail && <span className="ml-1.5 text-muted">{term.detail}</span>}
							</th>
							<td className="num whitespace-nowrap py-1 text-end align-top">
								{term.amount < 0 ? "−" : index === 0 || term.amount === 0 ? "" : "+"}{" "}
								{Math.abs(term.amount).toLocaleString("en")}
							</td>
						</tr>
					))}
					<tr className="border-border border-t font-semibold">
						<th scope="row" className="pt-1.5 text-left">
							Told to {figure.cart.name}
						</th>
						<td className="num pt-1.5 text-end">{figure.quantity.toLocaleString("en")}</td>
					</tr>
				</tbody>
			</table>
		</>
	);
}

/** What was pushed when, under which code, and what the cart said. */
export function FigureAnswer({ figure, sku, timeZone }: { figure: Figure; sku: string; timeZone: string }) {
	const mayRead = useMay("runs:read");
	return (
		<div className="mt-3 text-[12px] text-muted">
			<p>
				Computed <Time at={figure.computedAt} timeZone={timeZone} />
				{figure.pushedAt && (
					<>
						, pushed {figure.pushed?.toLocaleString("en")} <Time at={figure.pushedAt} timeZone={timeZone} />
						{figure.code !== "" && figure.code !== sku && (
							<>
								{" "}
								as <code>{figure.code}</code>
							</>
						)}
					</>
				)}
			</p>
			{figure.exchangeId && mayRead && (
				<Disclosure className="mt-1">
					<Disclosure.Heading level={3}>
						<Disclosure.Trigger className="flex min-h-6 cursor-pointer items-center gap-1.5 hover:text-foreground">
							<Disclosure.Indicator />
							What the cart answered
						</Disclosure.Trigger>
					</Disclosure.Heading>
					<Disclosure.Content>
						<Disclosure.Body className="pt-2 pl-0 text-foreground">
							<ExchangeView exchangeId={figure.exchangeId} />
						</Disclosure.Body>
					</Disclosure.Content>
				</Disclosure>
			)}
		</div>
	);
}
