import { implement } from "@orpc/server";
import { auditContract } from "@/lib/api/contract/audit";
import { invitationsContract, meContract, peopleContract } from "@/lib/api/contract/people";
import { accountsOf, openAccount } from "@/lib/auth/memberships";
import { updatePerson } from "@/lib/auth/person-settings";
import { roleMatrix } from "@/lib/auth/roles";
import { endOtherSessions, endSession, listSessions } from "@/lib/auth/sessions";
import { exportAudit } from "@/lib/services/audit/export-audit";
import { listAudit } from "@/lib/services/audit/list-audit";
import { listAuditChoices } from "@/lib/services/audit/list-audit-choices";
import { resendInvitation, withdrawInvitation } from "@/lib/services/people/change-invitation";
import { changeRole } from "@/lib/services/people/change-role";
import { exportPeople } from "@/lib/services/people/export-people";
import { handOver } from "@/lib/services/people/hand-over";
import { invitePerson } from "@/lib/services/people/invite-person";
import { listPeople } from "@/lib/services/people/list-people";
import { readHub } from "@/lib/services/people/read-hub";
import { leaveAccount, removePerson } from "@/lib/services/people/remove-person";
import type { RequestContext } from "../serve/context";
import { asPerson, inScope } from "../serve/guards";

const person = implement({ me: peopleContract.me, createAccount: peopleContract.createAccount })
	.$context<RequestContext>()
	.use(asPerson);
const me = implement(meContract).$context<RequestContext>().use(asPerson);
const people = implement(peopleContract).$context<RequestContext>().use(inScope);
const invitations = implement(invitationsContract).$context<RequestContext>().use(inScope);
const audit = implement(auditContract).$context<RequestContext>().use(inScope);

export const peopleRouter = {
	me: person.me.handler(async ({ context: { asker } }) => ({
		email: asker.email,
		name: asker.name,
		accounts: await accountsOf(asker),
	})),
	createAccount: person.createAccount.handler(({ context, input }) =>
		openAccount(context.asker, input, context.requestId),
	),
	hub: people.hub.handler(({ context }) => readHub(context.scope, context.asker)),
	list: people.list.handler(({ context }) => listPeople(context.scope)),
	export: people.export.handler(({ context }) => exportPeople(context.scope)),
	roles: people.roles.handler(() => ({ columns: roleMatrix() })),
	changeRole: people.changeRole.handler(({ context, input }) => changeRole(context.scope, input.membershipId, input)),
	remove: people.remove.handler(({ context, input }) => removePerson(context.scope, input.membershipId)),
	handOver: people.handOver.handler(({ context, input }) => handOver(context.scope, input.membershipId)),
	leave: people.leave.handler(({ context }) => leaveAccount(context.scope)),
};

export const meRouter = {
	update: me.update.handler(({ context, input }) => updatePerson(context.asker, input, context.requestId)),
	sessions: me.sessions.handler(async ({ context }) => ({ items: await listSessions(context.asker) })),
	endSession: me.endSession.handler(({ context, input }) =>
		endSession(context.asker, input.sessionId, context.requestId),
	),
	endOtherSessions: me.endOtherSessions.handler(({ context }) => endOtherSessions(context.asker, context.requestId)),
};

export const invitationsRouter = {
	create: invitations.create.handler(({ context, input }) => invitePerson(context.scope, input)),
	resend: invitations.resend.handler(({ context, input }) => resendInvitation(context.scope, input.invitationId)),
	withdraw: invitations.withdraw.handler(({ context, input }) => withdrawInvitation(context.scope, input.invitationId)),
};

export const auditRouter = {
	list: audit.list.handler(({ context, input }) => listAudit(context.scope, input)),
	choices: audit.choices.handler(({ context }) => listAuditChoices(context.scope)),
	export: audit.export.handler(({ context, input }) => exportAudit(context.scope, input)),
};
