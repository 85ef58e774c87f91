import { CircleCheck, TriangleAlert } from "lucide-react";
import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import { toneText } from "../status/status-tag";
import { Section } from "../ui/section";

type Delivery = z.output<typeof orderDetail>["deliveries"][number];

/** How the order was made ready for its warehouse: one line for each step, with what it changed. */
export function OrderSteps({ delivery, inParts }: { delivery: Delivery; inParts: boolean }) {
	const { connection, steps, part, number } = delivery;
	if (steps.length === 0) return null;
	return (
		<Section
			title={inParts ? `Part ${part}, ${number}, made ready` : "Made ready"}
			about={`For ${connection.name}: what each step took and what it made of it.`}
		>
			<ol className="flex flex-col gap-2">
				{steps.map(({ step, note, ok }) => (
					<li
						key={step}
						className="grid grid-cols-[1.25rem_minmax(0,8rem)_minmax(0,1fr)] items-start gap-x-2 text-[13px]"
					>
						<StepIcon warns={!ok || note.includes("Warning:")} />
						<span className="font-medium">{step}</span>
						<span className="break-words text-muted">{note}</span>
					</li>
				))}
			</ol>
		</Section>
	);
}

function StepIcon({ warns }: { warns: boolean }) {
	return warns ? (
		<TriangleAlert size={15} aria-label="Have a look" className={`mt-0.5 ${toneText.look}`} />
	) : (
		<CircleCheck size={15} aria-label="Done" className={`mt-0.5 ${toneText.done}`} />
	);
}
