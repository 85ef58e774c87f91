"use client";
import { Button } from "@heroui/react";
import type { ReactNode } from "react";
import type { z } from "zod";
import type { ownFactors } from "@/lib/api/contract/second-factor";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";
import type { FactorAction } from "./factor-section";
import { PasskeyRow } from "./passkey-row";

interface FactorListProps {
	factors: z.output<typeof ownFactors>;
	/** The page itself says which account demands one. */
	isDemandTold: boolean;
	/** What is under way. */
	busy: FactorAction | null;
	ask: (action: FactorAction) => void;
	onRenamed: () => void;
}

/** Each way to give the second factor, with what can be done about it. */
export function FactorList({ factors, isDemandTold, busy, ask, onRenamed }: FactorListProps) {
	const { authenticatorSince, passkeys, noPasskeys, recoveryCodesLeft, demandedBy } = factors;
	const on = authenticatorSince !== null || passkeys.length > 0;
	return (
		<>
			<p className="max-w-prose text-[13px]">
				{on
					? "It is on: besides the link in your mail, signing in asks for one of these."
					: "It is off: whoever can read your mail can sign in as you. With a second factor they also need your phone or your computer."}
			</p>
			{demandedBy.length > 0 && !on && !isDemandTold && (
				<Notice tone="look">{names(demandedBy)} can be opened with one only.</Notice>
			)}
			<div className="divide-y divide-separator">
				<Item
					title="Authenticator app"
					about={
						authenticatorSince ? (
							<>
								Shows six digits. Set up <Time at={authenticatorSince} />
							</>
						) : (
							"An app on your phone that shows six digits. Works everywhere."
						)
					}
				>
					{authenticatorSince ? (
						<ConfirmButton
							size="sm"
							label="Remove"
							heading="Remove the authenticator app?"
							isPending={busy?.kind === "remove-authenticator"}
							onConfirm={() => ask({ kind: "remove-authenticator" })}
						>
							Its digits no longer sign you in. {passkeys.length === 0 && lastWords(demandedBy)}
						</ConfirmButton>
					) : (
						<Button
							size="sm"
							variant={on ? "outline" : "primary"}
							isPending={busy?.kind === "begin-authenticator"}
							onPress={() => ask({ kind: "begin-authenticator" })}
						>
							Set up
						</Button>
					)}
				</Item>
				<Item
					title="Passkeys"
					about={noPasskeys ?? "Your finger, your face or the PIN of this device, or a security key."}
				>
					{!noPasskeys && (
						<Button size="sm" variant="outline" onPress={() => ask({ kind: "name-passkey" })}>
							Add a passkey
						</Button>
					)}
				</Item>
				{passkeys.length > 0 && (
					<ul aria-label="Passkeys" className="divide-y divide-separator pl-4">
						{passkeys.map((passkey) => (
							<PasskeyRow
								key={passkey.id}
								passkey={passkey}
								onChanged={onRenamed}
								onRemove={() => ask({ kind: "remove-passkey", passkeyId: passkey.id })}
								isRemoving={busy?.kind === "remove-passkey" && busy.passkeyId === passkey.id}
							/>
						))}
					</ul>
				)}
				{on && (
					<Item title="Recovery codes" about={`${plural(recoveryCodesLeft, "code")} left, for when all else is lost.`}>
						<ConfirmButton
							size="sm"
							label="Make new ones"
							heading="Make ten new recovery codes?"
							isPending={busy?.kind === "renew-codes"}
							onConfirm={() => ask({ kind: "renew-codes" })}
						>
							The codes you have now stop working.
						</ConfirmButton>
					</Item>
				)}
			</div>
			{on && (
				<span>
					<ConfirmButton
						label="Turn off"
						heading="Turn your second factor off?"
						isPending={busy?.kind === "turn-off"}
						onConfirm={() => ask({ kind: "turn-off" })}
					>
						The app, all passkeys and the recovery codes stop working. {lastWords(demandedBy)}
					</ConfirmButton>
				</span>
			)}
		</>
	);
}

function Item({ title, about, children }: { title: string; about: ReactNode; children: ReactNode }) {
	return (
		<div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 py-2.5">
			<span className="min-w-0 flex-1 basis-56">
				<span className="block font-medium">{title}</span>
				<span className="text-[13px] text-muted">{about}</span>
			</span>
			{children}
		</div>
	);
}

/** What follows when no factor is left. */
function lastWords(demandedBy: string[]): string {
	const after = "A link from your mail is then enough to sign in.";
	return demandedBy.length === 0
		? after
		: `${after} ${names(demandedBy)} stays shut for you until you set one up again.`;
}

function names(accounts: string[]): string {
	return accounts.length < 2 ? (accounts[0] ?? "") : `${accounts.slice(0, -1).join(", ")} and ${accounts.at(-1)}`;
}
