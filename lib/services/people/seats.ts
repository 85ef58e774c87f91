/**
 * The rules of who may give, change and take away a place in an account. They are decided on rows read behind a lock
 * on the account, so that two people who act at once cannot leave it without an owner.
 */
import { isRole, permissionsOf, type Role } from "@/lib/auth/roles";
import { audit } from "@/lib/db/audit";
import type { Permission, Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export interface Seat {
	id: string;
	userId: string;
	role: string;
	merchantId: string | null;
	chosenOnly: boolean;
	chosenMerchantIds: string[];
}

/** What somebody's place becomes. */
export interface Place {
	role: Role;
	merchantId: string | null;
	/** Set for staff who work for these merchants only. */
	chosenMerchantIds: string[] | null;
}

/** A place as somebody asks for it. */
export interface WantedPlace {
	role: Role;
	merchantId?: string | null | undefined;
	chosenMerchantIds?: string[] | null | undefined;
}

export interface Seats {
	all: Seat[];
	/** What the asker may do now, which may be less than when the request came in. */
	may: ReadonlySet<Permission>;
}

/** Reads the account's people as they are now; nobody else changes them before the transaction ends. */
export async function lockSeats(tx: Transaction, scope: Scope, permission: Permission): Promise<Seats> {
	await tx.sql(`select 1 from "Account" where "id" = $1 for no key update`, [scope.accountId]);
	const all = await tx.sql<Seat>(
		`select "id", "userId", "role", "merchantId", "chosenOnly", "chosenMerchantIds" from "Membership" where "accountId" = $1`,
		[scope.accountId],
	);
	const { actor } = scope;
	if (actor.type !== "user") return { all, may: scope.may };
	const own = all.find(({ userId }) => userId === actor.id);
	const may = own ? permissionsOf(own.role, own.merchantId) : new Set<Permission>();
	if (!may.has(permission)) throw new AppError("forbidden");
	return { all, may };
}

export function seatOf(seats: Seats, membershipId: string): Seat {
	const seat = seats.all.find(({ id }) => id === membershipId);
	if (!seat) throw new AppError("not-found", { thing: "person" });
	return seat;
}

/** Throws `forbidden` when an owner, or a place as owner, is touched by somebody who is none. */
export function mustReach(seats: Seats, ...places: { role: string }[]): void {
	if (places.some(({ role }) => role === "owner") && !seats.may.has("owners:write")) throw new AppError("forbidden");
}

/** Throws `last-owner` when nobody would own the account without this seat. */
export function mustNotBeLastOwner(seats: Seats, scope: Scope, seat: Seat): void {
	if (!isOwner(seat) || seats.all.some((other) => other.id !== seat.id && isOwner(other))) return;
	const isSelf = scope.actor.type === "user" && scope.actor.id === seat.userId;
	throw new AppError("last-owner", { person: isSelf ? "You are" : "This person is" });
}

/** Checks a wanted place and names its merchants; a merchant's people give places within their merchant only. */
export async function placeOf(
	tx: Transaction,
	scope: Scope,
	wanted: WantedPlace,
): Promise<Place & { merchant: string | null }> {
	const { role } = wanted;
	if (wanted.chosenMerchantIds && !scope.merchantId)
		return chosenPlace(tx, scope, { ...wanted, ids: [...new Set(wanted.chosenMerchantIds)] });
	const merchantId = wanted.merchantId ?? scope.merchantId ?? null;
	const everywhere = { role, merchantId: null, merchant: null, chosenMerchantIds: null };
	if (!merchantId) return everywhere;
	if (role === "owner") throw badInput("role", "an owner owns the whole account, not one merchant of it.");
	const [row] = await merchantsNow(tx, scope, [merchantId]);
	if (!row) throw new AppError("not-found", { thing: "merchant" });
	if (row.kind === "merchant") return everywhere;
	return { role, merchantId, merchant: row.name, chosenMerchantIds: null };
}

async function chosenPlace(tx: Transaction, scope: Scope, wanted: WantedPlace & { ids: string[] }) {
	const { role, ids, merchantId } = wanted;
	if (merchantId) throw badInput("merchantId", "cannot be given together with chosen merchants.");
	if (role === "owner" || role === "admin")
		throw badInput("role", `an ${role} answers for all merchants. Choose operator or viewer for some of them.`);
	const found = await merchantsNow(tx, scope, ids);
	if (found.length < ids.length) throw new AppError("not-found", { thing: "merchant" });
	const merchant = found.map(({ name }) => name).join(", ");
	return { role, merchantId: null, merchant, chosenMerchantIds: ids };
}

/** The merchants among some ids that the asker may give places for. */
function merchantsNow(tx: Transaction, scope: Scope, ids: string[]) {
	return tx.sql<{ name: string; kind: string }>(
		`select m."name", a."kind" from "Merchant" m join "Account" a on a."id" = m."accountId"
		 where m."accountId" = $1 and m."id" = any($2) and m."archivedAt" is null and ($3::text is null or m."id" = $3)
		 order by m."name"`,
		[scope.accountId, ids, scope.merchantId ?? null],
	);
}

/** Withdraws the invitations that somebody sent and could not send any more in their new place. */
export async function withdrawBeyond(
	tx: Transaction,
	scope: Scope,
	userId: string,
	place: Place | null,
): Promise<void> {
	const may = permissionsOf(place?.role ?? "", place?.merchantId ?? null);
	const rows = await tx.sql<{ id: string; email: string }>(
		`update "Invitation" set "withdrawnAt" = now()
		 where "accountId" = $1 and "invitedBy" = $2 and "acceptedAt" is null and "withdrawnAt" is null
		   and ((not $3) or ("role" = 'owner' and not $4) or ($5::text is not null and "merchantId" is distinct from $5))
		 returning "id", "email"`,
		[scope.accountId, userId, may.has("people:write"), may.has("owners:write"), place?.merchantId ?? null],
	);
	for (const { id, email } of rows)
		await audit(tx, scope, {
			action: "invitation.withdrawn",
			subjectType: "invitation",
			subjectId: id,
			before: { email },
		});
}

/** The columns of a place, in the order of the insert and update statements that write it. */
export function placeValues({ role, merchantId, chosenMerchantIds }: Place): unknown[] {
	return [role, merchantId, chosenMerchantIds !== null, chosenMerchantIds ?? []];
}

export function roleOf(role: string): Role {
	return isRole(role) ? role : "viewer";
}

export function badInput(field: string, problem: string): AppError {
	const label = field === "email" ? "Mail address" : field.charAt(0).toUpperCase() + field.slice(1);
	return new AppError("bad-input", { field: label, problem }, { fields: { [field]: problem } });
}

function isOwner(seat: Seat): boolean {
	return seat.role === "owner" && seat.merchantId === null;
}
