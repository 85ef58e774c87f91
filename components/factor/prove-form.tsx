"use client";
import { Button, Description, FieldError, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { readProblem } from "../ui/problem";
import { provePasskey } from "./browser-passkeys";

interface ProveFormProps {
	ways: { authenticator: boolean; passkeys: boolean };
	onProven: () => void;
}

/** Asks for the second factor: a passkey, the app's six digits, or a recovery code. */
export function ProveForm({ ways, onProven }: ProveFormProps) {
	const [code, setCode] = useState("");
	const [recovering, setRecovering] = useState(!ways.authenticator && !ways.passkeys);
	const prove = useMutation({
		mutationFn: async (by: "passkey" | "code") => {
			if (by === "passkey") return provePasskey();
			await apiClient.secondFactor.prove({ code });
		},
		onSuccess: onProven,
	});
	const problem = prove.error ? readProblem(prove.error) : null;
	const asksDigits = ways.authenticator && !recovering;
	const asksCode = asksDigits || recovering;
	return (
		<div className="flex flex-col gap-4">
			{ways.passkeys && !recovering && (
				<Button
					fullWidth
					variant={asksDigits ? "outline" : "primary"}
					isPending={prove.isPending && prove.variables === "passkey"}
					onPress={() => prove.mutate("passkey")}
				>
					<KeyRound size={16} aria-hidden /> Use a passkey
				</Button>
			)}
			{asksCode && (
				<Form
					className="flex flex-col gap-4"
					validationBehavior="aria"
					onSubmit={(event) => {
						event.preventDefault();
						prove.mutate("code");
					}}
				>
					<TextField
						fullWidth
						value={code}
						onChange={setCode}
						isRequired
						isInvalid={problem?.fields.code !== undefined}
						validationBehavior="aria"
						autoComplete={recovering ? "off" : "one-time-code"}
						inputMode={recovering ? "text" : "numeric"}
						autoFocus
						key={String(recovering)}
					>
						<Label>{recovering ? "Recovery code" : "Six digits"}</Label>
						<Input className="w-full font-mono tabular-nums" />
						<Description>
							{recovering
								? "One of the ten codes you kept when you set this up. Each works once."
								: "Open the authenticator app on your phone. It shows them under Crossdock."}
						</Description>
						<FieldError>{problem?.fields.code}</FieldError>
					</TextField>
					<Button type="submit" fullWidth isPending={prove.isPending && prove.variables === "code"}>
						Go on
					</Button>
				</Form>
			)}
			{problem && !(asksCode && problem.fields.code) && <ErrorPanel error={prove.error} />}
			{(ways.authenticator || ways.passkeys) && (
				<Button
					variant="ghost"
					size="sm"
					className="self-start"
					onPress={() => {
						setRecovering(!recovering);
						setCode("");
						prove.reset();
					}}
				>
					{recovering ? "Use the usual way" : "I cannot use these: use a recovery code"}
				</Button>
			)}
		</div>
	);
}
