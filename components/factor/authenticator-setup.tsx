"use client";
import { Button, FieldError, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { CopyField } from "../ui/copy-field";
import { readProblem } from "../ui/problem";
import { QrCode } from "./qr-code";

interface AuthenticatorSetupProps {
	begun: { secret: string; uri: string };
	onAdded: (recoveryCodes: string[] | null) => void;
	onCancel: () => void;
}

/** Three steps: an app, the picture it reads, the digits it then shows. */
export function AuthenticatorSetup({ begun, onAdded, onCancel }: AuthenticatorSetupProps) {
	const [code, setCode] = useState("");
	const confirm = useMutation(
		api.secondFactor.confirmAuthenticator.mutationOptions({ onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes) }),
	);
	const problem = confirm.error ? readProblem(confirm.error) : null;
	return (
		<ol className="flex list-decimal flex-col gap-4 pl-5">
			<li>
				Get an authenticator app on your phone, if you have none yet: Google Authenticator, Microsoft Authenticator,
				2FAS, or your password manager.
			</li>
			<li>
				<p className="mb-2">Have the app read this picture with the camera.</p>
				<QrCode text={begun.uri} label="QR code for the authenticator app" />
				<p className="mt-3 mb-1 text-[13px] text-muted">No camera? Type this key into the app instead:</p>
				<CopyField label="Key for the app" value={begun.secret} />
			</li>
			<li>
				<Form
					className="flex max-w-xs flex-col gap-3"
					validationBehavior="aria"
					onSubmit={(event) => {
						event.preventDefault();
						confirm.mutate({ code });
					}}
				>
					<TextField
						fullWidth
						value={code}
						onChange={setCode}
						isRequired
						inputMode="numeric"
						autoComplete="one-time-code"
						isInvalid={problem?.fields.code !== undefined}
						validationBehavior="aria"
					>
						<Label>Type the six digits that it shows</Label>
						<Input className="w-full font-mono tabular-nums" />
						<FieldError>{problem?.fields.code}</FieldError>
					</TextField>
					{problem && !problem.fields.code && <ErrorPanel error={confirm.error} />}
					<span className="flex gap-2">
						<Button type="submit" isPending={confirm.isPending}>
							Turn it on
						</Button>
						<Button variant="outline" onPress={onCancel}>
							Not now
						</Button>
					</span>
				</Form>
			</li>
		</ol>
	);
}
