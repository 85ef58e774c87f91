/** The browser's half of passkeys. */
import {
	browserSupportsWebAuthn,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	startAuthentication,
	startRegistration,
} from "@simplewebauthn/browser";
import { apiClient } from "@/lib/api/client";

type Options = Record<string, unknown>;

/** The contract knows options as a record: they go to the browser as they came from the server. */
const creation = (options: Options) => options as unknown as PublicKeyCredentialCreationOptionsJSON;
const request = (options: Options) => options as unknown as PublicKeyCredentialRequestOptionsJSON;

/** Has the browser make a passkey, and keeps it under a name. */
export async function makePasskey(name: string): Promise<{ recoveryCodes: string[] | null }> {
	mustBeAble();
	const { options } = await apiClient.secondFactor.beginPasskey();
	const { id, response } = await startRegistration({ optionsJSON: creation(options) }).catch(cancelled);
	const { clientDataJSON, attestationObject, transports } = response;
	return apiClient.secondFactor.addPasskey({
		name,
		passkey: { id, response: { clientDataJSON, attestationObject, ...(transports && { transports }) } },
	});
}

/** Has the browser sign with a passkey, which gives the second factor. */
export async function provePasskey(): Promise<void> {
	mustBeAble();
	const { options } = await apiClient.secondFactor.askForPasskey();
	const { id, response } = await startAuthentication({ optionsJSON: request(options) }).catch(cancelled);
	const { clientDataJSON, authenticatorData, signature, userHandle } = response;
	await apiClient.secondFactor.prove({
		passkey: { id, response: { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) } },
	});
}

function mustBeAble(): void {
	if (!browserSupportsWebAuthn()) throw new Error("This browser knows no passkeys. Use an authenticator app.");
}

function cancelled(error: unknown): never {
	const name = error instanceof Error ? error.name : "";
	if (name === "InvalidStateError") throw new Error("This device has a passkey for you already.");
	// Browsers do not tell whether it was cancelled or took too long.
	throw new Error("No passkey was used. Try again, or use a code.");
}
