"use client";
import type { z } from "zod";
import type { privacyView } from "@/lib/api/contract/privacy";
import { plural } from "../ui/plural";
import { Progress } from "../ui/progress";
import { Section } from "../ui/section";
import { Time } from "../ui/time";

type Erasure = z.output<typeof privacyView>["erasures"][number];

/** What was erased lately and what is being erased; nobody is named. */
export function ErasureList({ erasures }: { erasures: Erasure[] }) {
	if (erasures.length === 0) return null;
	return (
		<Section title="Erased lately" about="The last twenty rounds. Whom it was about is not kept.">
			<ul className="divide-y divide-separator">
				{erasures.map((erasure) => (
					<li key={erasure.id} className="py-2.5 first:pt-0 last:pb-0">
						<div className="flex flex-wrap items-baseline justify-between gap-x-4">
							<span className="font-medium">
								{erasure.kind === "shopper" ? `A shopper (${erasure.hint})` : "Kept long enough"}, {erasure.merchant}
							</span>
							<span className="text-[13px] text-muted">
								{erasure.by && `${erasure.by}, `}
								<Time at={erasure.endedAt ?? erasure.createdAt} />
							</span>
						</div>
						<Outcome erasure={erasure} />
					</li>
				))}
			</ul>
		</Section>
	);
}

function Outcome({ erasure }: { erasure: Erasure }) {
	const { state, looked, total, startedAt, createdAt, orders, openOrders, requests } = erasure;
	if (state === "waiting") return <p className="text-[13px] text-muted">Waits for the worker; it begins by itself.</p>;
	if (state !== "done")
		return (
			<div className="mt-1 max-w-md">
				<Progress
					done={Math.min(looked, total)}
					total={total}
					of={state === "orders" ? "orders looked at" : "packs of requests looked at"}
					startedAt={new Date(startedAt ?? createdAt)}
				/>
			</div>
		);
	return (
		<p className="text-[13px] text-muted">
			{plural(orders, "order")} and {plural(requests, "request")} erased
			{openOrders > 0 && `; ${plural(openOrders, "order")} still open then, erased on closing`}
		</p>
	);
}
