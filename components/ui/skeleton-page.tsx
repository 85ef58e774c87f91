import { Skeleton } from "@heroui/react";

/** The shape of a page whose facts are on their way. */
export function SkeletonPage({ label }: { label: string }) {
	return (
		<div role="status" aria-label={`Loading ${label}`}>
			<Skeleton className="mb-5 h-7 w-56 rounded" />
			<div className="grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
				<Skeleton className="h-72 rounded-[10px]" />
				<Skeleton className="h-72 rounded-[10px]" />
			</div>
		</div>
	);
}
