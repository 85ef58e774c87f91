"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { Notice } from "../ui/notice";
import { SkeletonPage } from "../ui/skeleton-page";
import { AuthenticatorSetup } from "./authenticator-setup";
import { makePasskey } from "./browser-passkeys";
import { FactorList } from "./factor-list";
import { NewPasskeyForm } from "./new-passkey-form";
import { ProveForm } from "./prove-form";
import { RecoveryCodes } from "./recovery-codes";

/** What a person can do about their second factor; each but the naming of a passkey is asked for only by its owner. */
export type FactorAction =
	| { kind: "begin-authenticator" | "remove-authenticator" | "renew-codes" | "turn-off" | "name-passkey" }
	| { kind: "add-passkey"; name: string }
	| { kind: "remove-passkey"; passkeyId: string };

interface Shown {
	begun?: { secret: string; uri: string };
	codes?: string[] | null;
	naming?: boolean;
}

async function perform(action: FactorAction): Promise<Shown> {
	const calls = apiClient.secondFactor;
	if (action.kind === "begin-authenticator") return { begun: await calls.beginAuthenticator() };
	if (action.kind === "name-passkey") return { naming: true };
	if (action.kind === "add-passkey") return { codes: (await makePasskey(action.name)).recoveryCodes };
	if (action.kind === "renew-codes") return { codes: (await calls.renewCodes()).recoveryCodes };
	if (action.kind === "remove-passkey") await calls.removePasskey({ passkeyId: action.passkeyId });
	if (action.kind === "remove-authenticator") await calls.removeAuthenticator();
	if (action.kind === "turn-off") await calls.turnOff();
	return {};
}

/** A person's second factor: set up, looked at, changed. Who has one is asked for it before anything changes. */
export function FactorSection({ onSetUp }: { onSetUp?: () => void }) {
	const queries = useQueryClient();
	const factors = useQuery(api.secondFactor.get.queryOptions({ refetchInterval: 30_000 }));
	const [shown, setShown] = useState<Shown>({});
	const [waiting, setWaiting] = useState<FactorAction | null>(null);
	const refresh = () => queries.invalidateQueries({ queryKey: api.secondFactor.key() });
	const act = useMutation({ mutationFn: perform, onSuccess: setShown, onSettled: refresh });
	if (factors.isError && !factors.data)
		return <ErrorPanel error={factors.error} retry={() => void factors.refetch()} />;
	if (!factors.data) return <SkeletonPage label="your second factor" />;
	const { authenticatorSince, passkeys, noPasskeys, mustProve } = factors.data;
	const ask = (action: FactorAction) => (mustProve ? setWaiting(action) : act.mutate(action));
	if (waiting)
		return (
			<div className="max-w-sm">
				<p className="mb-3 font-medium">First confirm that it is you.</p>
				<ProveForm
					ways={{ authenticator: authenticatorSince !== null, passkeys: passkeys.length > 0 && noPasskeys === null }}
					onProven={() => {
						act.mutate(waiting);
						setWaiting(null);
					}}
				/>
			</div>
		);
	if (shown.codes)
		return (
			<RecoveryCodes
				codes={shown.codes}
				onKept={() => {
					setShown({});
					onSetUp?.();
				}}
			/>
		);
	if (shown.begun)
		return (
			<AuthenticatorSetup
				begun={shown.begun}
				onCancel={() => setShown({})}
				onAdded={(codes) => {
					setShown({ codes });
					void refresh();
				}}
			/>
		);
	return (
		<div className="flex flex-col gap-4">
			{act.error && <Failed error={act.error} />}
			{shown.naming && (
				<NewPasskeyForm
					isPending={act.isPending}
					onNamed={(name) => ask({ kind: "add-passkey", name })}
					onCancel={() => setShown({})}
				/>
			)}
			<FactorList
				factors={factors.data}
				isDemandTold={onSetUp !== undefined}
				busy={act.isPending ? act.variables : null}
				ask={ask}
				onRenamed={refresh}
			/>
		</div>
	);
}

/** What the API refused has its own panel; what the browser says is a plain sentence. */
function Failed({ error }: { error: Error }) {
	if ("problem" in error) return <ErrorPanel error={error} />;
	return (
		<Notice tone="look" live>
			{error.message}
		</Notice>
	);
}
