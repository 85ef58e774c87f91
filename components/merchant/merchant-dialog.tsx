"use client";
import { Button, FieldError, Form, Input, Label, Modal, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";

/** Adds a merchant, or renames the one given. */
export function MerchantDialog({ merchant }: { merchant?: { id: string; name: string } }) {
	return (
		<Modal>
			<Button {...(merchant && { variant: "outline" as const, "aria-label": `Rename ${merchant.name}` })}>
				{merchant ? "Rename" : "Add a merchant"}
			</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <MerchantForm close={close} {...(merchant && { merchant })} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function MerchantForm({ merchant, close }: { merchant?: { id: string; name: string }; close: () => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [name, setName] = useState(merchant?.name ?? "");
	const save = useMutation({
		mutationFn: () =>
			merchant
				? apiClient.merchants.rename({ accountId: account.id, merchantId: merchant.id, name })
				: apiClient.merchants.create({ accountId: account.id, name }),
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: api.merchants.key() });
			await queries.invalidateQueries({ queryKey: api.people.key() });
			close();
		},
	});
	const problem = save.error ? readProblem(save.error) : null;
	return (
		<Form
			onSubmit={(event) => {
				event.preventDefault();
				save.mutate();
			}}
		>
			<Modal.Header>
				<Modal.Heading>{merchant ? `Rename ${merchant.name}` : "Add a merchant"}</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<TextField
					fullWidth
					value={name}
					onChange={setName}
					isRequired
					isInvalid={problem?.fields.name !== undefined}
					validationBehavior="aria"
					autoFocus
				>
					<Label>Name</Label>
					<Input className="w-full" />
					<FieldError>{problem?.fields.name}</FieldError>
				</TextField>
				{problem && !problem.fields.name && <ErrorPanel error={save.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep as it is
				</Button>
				<Button type="submit" isPending={save.isPending}>
					{merchant ? "Rename" : "Add"}
				</Button>
			</Modal.Footer>
		</Form>
	);
}
