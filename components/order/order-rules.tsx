import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import { RuleTraceList } from "../rule/rule-trace";
import { Section } from "../ui/section";
import { Time } from "../ui/time";

type Rules = NonNullable<z.output<typeof orderDetail>["rules"]>;

/** What the merchant's rules made of the order, and why: also of one that they held or kept from being sent. */
export function OrderRules({ rules: { version, at, did, trace } }: { rules: Rules }) {
	return (
		<Section
			title="Rules"
			about={
				<>
					Decided by version {version}, <Time at={at} />.
				</>
			}
		>
			<p className="mb-2 break-words text-[13px]">
				{did.length > 0 ? `${did.join("; ")}.` : "No rule changed the order."}
			</p>
			{trace === null ? (
				<p className="text-[13px] text-muted">What the rules looked at was erased with the shopper's data.</p>
			) : (
				<RuleTraceList trace={trace} />
			)}
		</Section>
	);
}
