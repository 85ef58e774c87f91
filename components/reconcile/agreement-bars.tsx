import { type DifferenceKind, reconcileAreas } from "@/lib/canonical/difference";
import { areaWords, differingIn, type Round } from "./reconcile-words";

interface AgreementBarsProps {
	compared: Round["compared"];
	open: { kind: DifferenceKind; count: number }[];
}

/** One bar for each area: how many agree, and how many differ. The words beside it say the same. */
export function AgreementBars({ compared, open }: AgreementBarsProps) {
	const shown = reconcileAreas
		.map((area) => ({
			area,
			total: Math.max(compared[area], differingIn(area, open)),
			differs: differingIn(area, open),
		}))
		.filter(({ total }) => total > 0);
	if (shown.length === 0) return <p className="text-[13px] text-muted">There was nothing to compare.</p>;
	return (
		<ul className="flex flex-col gap-3">
			{shown.map(({ area, total, differs }) => (
				<li
					key={area}
					className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1 sm:grid-cols-[6rem_minmax(0,1fr)_16rem]"
				>
					<span className="text-[13px]">{areaWords[area].title}</span>
					<span aria-hidden className="flex h-2 gap-0.5 overflow-hidden rounded-full bg-surface-secondary">
						<span className="bg-success" style={{ flexGrow: total - differs }} />
						{differs > 0 && <span className="min-w-1.5 bg-warning" style={{ flexGrow: differs }} />}
					</span>
					<span className="num col-start-2 text-[13px] text-muted sm:col-start-3">
						{(total - differs).toLocaleString("en")} equal,{" "}
						<span className={differs > 0 ? "text-warning" : ""}>{differs.toLocaleString("en")} differ</span>
					</span>
				</li>
			))}
		</ul>
	);
}
