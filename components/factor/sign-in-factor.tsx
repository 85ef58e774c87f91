"use client";
import { ProveForm } from "./prove-form";

/** The last step of signing in. What comes after is loaded anew, as the person that one now is. */
export function SignInFactor({
	ways,
	next,
}: {
	ways: { authenticator: boolean; passkeys: boolean };
	/** Below our own address. */
	next: string;
}) {
	return <ProveForm ways={ways} onProven={() => window.location.assign(next)} />;
}
