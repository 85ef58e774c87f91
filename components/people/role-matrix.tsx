"use client";
import { useQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { roleMatrixView } from "@/lib/api/contract/people";
import { roleNames } from "@/lib/canonical/place-words";
import type { Permission } from "@/lib/db/scope";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { SkeletonPage } from "../ui/skeleton-page";
import { permissionWords } from "./permission-words";

type MatrixColumn = z.output<typeof roleMatrixView>["columns"][number];

/** Who may do what, as the server decides it. */
export function RoleMatrix() {
	const { account } = useHub();
	const found = useQuery(api.people.roles.queryOptions({ input: { accountId: account.id } }));
	if (found.isError) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <SkeletonPage label="the roles" />;
	const columns = found.data.columns.filter(({ ofMerchant }) => !ofMerchant || account.kind === "fulfillment");
	const staff = columns.filter(({ ofMerchant }) => !ofMerchant).length;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
		<section className="card-frame relative overflow-x-auto" tabIndex={0} aria-label="What each role may do">
			<table className="w-full min-w-[680px] text-[13px]">
				<thead>
					{columns.length > staff && (
						<tr className="text-left text-[12px] text-muted">
							<td />
							<th scope="colgroup" colSpan={staff} className="px-3 pt-2 font-medium">
								All merchants
							</th>
							<th
								scope="colgroup"
								colSpan={columns.length - staff}
								className="border-separator border-l px-3 pt-2 font-medium"
							>
								One merchant, within it
							</th>
						</tr>
					)}
					<tr className="text-left">
						<td className="border-separator border-b" />
						{columns.map((column) => (
							<th
								key={keyOf(column)}
								scope="col"
								className={`border-separator border-b px-3 py-1.5 font-medium ${edge(column)}`}
							>
								{roleNames[column.role]}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{(Object.keys(permissionWords) as Permission[])
						.filter((permission) => columns.some(({ reach }) => reach[permission]))
						.map((permission) => (
							<tr key={permission} className="not-last:border-separator not-last:border-b">
								<th scope="row" className="sticky left-0 min-w-40 bg-surface px-3 py-2 text-left font-normal">
									{permissionWords[permission]}
								</th>
								{columns.map((column) => (
									<td key={keyOf(column)} className={`px-3 py-2 ${edge(column)}`}>
										<Mark reach={column.reach[permission] ?? "none"} />
									</td>
								))}
							</tr>
						))}
				</tbody>
			</table>
		</section>
	);
}

function Mark({ reach }: { reach: "all" | "carts" | "none" }) {
	if (reach === "carts") return <span className="whitespace-nowrap text-[12px]">Carts only</span>;
	const Icon = reach === "all" ? Check : Minus;
	return (
		<>
			<Icon size={14} aria-hidden className={reach === "all" ? "text-success" : "text-muted"} />
			<span className="sr-only">{reach === "all" ? "Yes" : "No"}</span>
		</>
	);
}

function keyOf({ role, ofMerchant }: MatrixColumn): string {
	return `${role}-${ofMerchant}`;
}

/** A line where the people of one merchant begin. */
function edge({ role, ofMerchant }: MatrixColumn): string {
	return ofMerchant && role === "admin" ? "border-separator border-l" : "";
}
