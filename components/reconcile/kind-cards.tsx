"use client";
import { Button } from "@heroui/react";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { type DifferenceKind, differenceKinds, fixOf } from "@/lib/canonical/difference";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";
import { consequences } from "./reconcile-words";
import { useFix } from "./use-fix";

interface KindCardsProps {
	connectionId: string;
	open: { kind: DifferenceKind; count: number; asked: number }[];
	chosen: DifferenceKind | null;
	onChoose: (kind: DifferenceKind | null) => void;
}

/** What differs, by kind: how many, what that means, and the button that mends all of them. */
export function KindCards({ connectionId, open, chosen, onChoose }: KindCardsProps) {
	return (
		<ul className="mb-6 grid gap-3 md:grid-cols-2">
			{open.map((one) => (
				<li key={one.kind} className="card-frame flex flex-col gap-2 p-4">
					<KindCard {...one} {...{ connectionId, chosen, onChoose }} />
				</li>
			))}
		</ul>
	);
}

function KindCard({
	connectionId,
	kind,
	count,
	asked,
	chosen,
	onChoose,
}: Omit<KindCardsProps, "open"> & KindCardsProps["open"][number]) {
	const { account } = useHub();
	const mayFix = useMay("orders:write");
	const fix = useFix();
	const info = differenceKinds[kind];
	const button = fixOf(kind);
	const Icon = info.costsMoney ? CircleAlert : TriangleAlert;
	return (
		<>
			<h3 className={`flex items-center gap-2 font-medium ${info.costsMoney ? "text-danger" : "text-warning"}`}>
				<Icon size={16} aria-hidden />
				<span className="num">
					{count.toLocaleString("en")} {info.title.toLowerCase()}
				</span>
			</h3>
			<p className="flex-1 text-[13px] text-muted">
				{info.about}
				{asked > 0 &&
					` ${asked === count ? "All were" : `${asked} were`} asked to be mended; the next comparison says whether it helped.`}
			</p>
			<div className="flex flex-wrap gap-2">
				<Button
					size="sm"
					variant="outline"
					aria-pressed={chosen === kind}
					onPress={() => onChoose(chosen === kind ? null : kind)}
				>
					{chosen === kind ? "Show all" : "Show these"}
				</Button>
				{mayFix && button && (
					<ConfirmButton
						size="sm"
						label={button.all}
						heading={`${button.all}?`}
						isPending={fix.isPending}
						onConfirm={() => fix.mutate({ accountId: account.id, connectionId, kind })}
					>
						{`${count.toLocaleString("en")} ${info.title.toLowerCase()}. ${count > 200 ? "The first 200 of them now. " : ""}${consequences[button.action]}`}
					</ConfirmButton>
				)}
			</div>
			{fix.error && <ErrorPanel error={fix.error} />}
			{fix.data && (
				<Notice tone={fix.data.problem ? "look" : "done"} live>
					{fix.data.asked.toLocaleString("en")} asked.
					{fix.data.problem
						? ` ${fix.data.left.toLocaleString("en")} left: ${fix.data.problem}`
						: " Compare again in a minute to see that they are gone."}
				</Notice>
			)}
		</>
	);
}
