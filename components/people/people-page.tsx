"use client";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { ExportButton } from "../table/export-button";
import { Section } from "../ui/section";
import { InvitationTable } from "./invitation-table";
import { LeaveSection } from "./leave-section";
import { MemberTable } from "./member-table";
import { PlaceDialog } from "./place-dialog";
import { RoleMatrix } from "./role-matrix";

/** Who belongs to the account, who is invited, and who may do what. */
export function PeoplePage() {
	const { account } = useHub();
	const mayRead = useMay("people:read");
	const mayWrite = useMay("people:write");
	const people = useQuery(
		api.people.list.queryOptions({ input: { accountId: account.id }, refetchInterval: 15_000, enabled: mayRead }),
	);
	const invitations = people.data?.invitations ?? [];
	return (
		<>
			<PageHeader
				title="People"
				actions={
					<>
						{mayRead && (
							<ExportButton
								files={[{ label: "People", path: "people/export" }]}
								isEmpty={people.data?.members.length === 0}
							/>
						)}
						{mayWrite && <PlaceDialog />}
					</>
				}
			>
				Who may see {account.name}, and what they may do in it.
			</PageHeader>
			{!mayRead ? (
				<div className="card-frame mb-6">
					<EmptyState kind="forbidden" title="Your role does not show who else is here">
						Ask an owner or admin of {account.name} when somebody should come or go.
					</EmptyState>
				</div>
			) : people.isError && !people.data ? (
				<ErrorPanel error={people.error} retry={() => void people.refetch()} />
			) : (
				<>
					<Section title="People" bare>
						<MemberTable members={people.data?.members} />
					</Section>
					{invitations.length > 0 && (
						<Section title="Invited" about="They have not come yet. A link works once, within 7 days." bare>
							<InvitationTable invitations={invitations} />
						</Section>
					)}
				</>
			)}
			<Section title="Roles" about="What each role may do." bare>
				<RoleMatrix />
			</Section>
			<LeaveSection members={people.data?.members ?? []} />
		</>
	);
}
