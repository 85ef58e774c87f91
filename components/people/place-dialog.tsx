"use client";
import { Button, FieldError, Form, Input, Label, Modal, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import { PlaceFields, type PlaceValues } from "./place-fields";

interface Member extends PlaceValues {
	id: string;
	/** Name or address. */
	called: string;
}

/** Invites somebody, or changes what the person given may do. */
export function PlaceDialog({ member }: { member?: Member }) {
	return (
		<Modal>
			<Button
				{...(member && { variant: "outline" as const, size: "sm" as const, "aria-label": `Change ${member.called}` })}
			>
				{member ? "Change" : "Invite somebody"}
			</Button>
			<Modal.Backdrop>
				<Modal.Container size="md">
					<Modal.Dialog>{({ close }) => <PlaceForm close={close} {...(member && { member })} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function PlaceForm({ member, close }: { member?: Member; close: () => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const accountId = account.id;
	const [email, setEmail] = useState("");
	const [place, setPlace] = useState<PlaceValues>({
		role: member?.role ?? "operator",
		merchantId: member?.merchantId ?? null,
		chosenMerchantIds: member?.chosenMerchantIds ?? null,
	});
	const refresh = () => queries.invalidateQueries({ queryKey: api.people.key() });
	const save = useMutation({
		mutationFn: () =>
			member
				? apiClient.people.changeRole({ accountId, membershipId: member.id, ...place })
				: apiClient.invitations.create({ accountId, email: email.trim(), ...place }),
		// An invitation is kept also where its mail could not be sent.
		onError: () => refresh(),
		onSuccess: async () => {
			await refresh();
			close();
		},
	});
	const problem = save.error ? readProblem(save.error) : null;
	const fields = problem?.fields ?? {};
	return (
		<Form
			onSubmit={(event) => {
				event.preventDefault();
				save.mutate();
			}}
		>
			<Modal.Header>
				<Modal.Heading>{member ? `Change ${member.called}` : `Invite somebody to ${account.name}`}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				{!member && (
					<TextField
						fullWidth
						type="email"
						value={email}
						onChange={setEmail}
						isRequired
						isInvalid={fields.email !== undefined}
						validationBehavior="aria"
						autoFocus
					>
						<Label>Mail address</Label>
						<Input className="w-full" />
						<FieldError>{fields.email && `This address ${fields.email}`}</FieldError>
					</TextField>
				)}
				<PlaceFields value={place} onChange={setPlace} problems={fields} />
				{problem && !fields.email && !fields.merchantId && !fields.chosenMerchantIds && (
					<ErrorPanel error={save.error} />
				)}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					{member ? "Keep as it is" : "Close"}
				</Button>
				<Button type="submit" isPending={save.isPending}>
					{member ? "Change" : "Send the invitation"}
				</Button>
			</Modal.Footer>
		</Form>
	);
}
