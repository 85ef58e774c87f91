"use client";
import { Button, FieldError, Form, Input, Label, Modal, TextField } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import type { Permission } from "@/lib/db/scope";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Pick } from "../ui/pick";
import { readProblem } from "../ui/problem";
import { type KeyLevel, keyLevels } from "./key-levels";
import { PermissionChoice } from "./permission-choice";

interface NewKeyDialogProps {
	onMade: (told: { name: string; key: string }) => void;
}

export function NewKeyDialog({ onMade }: NewKeyDialogProps) {
	return (
		<Modal>
			<Button>Make an API key</Button>
			<Modal.Backdrop>
				<Modal.Container size="lg">
					<Modal.Dialog>{({ close }) => <NewKeyForm onMade={onMade} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

const everything = "all";
const lives = [
	{ value: "30", label: "30 days" },
	{ value: "90", label: "90 days" },
	{ value: "365", label: "One year" },
	{ value: "never", label: "Until it is revoked" },
];

function NewKeyForm({ onMade, close }: NewKeyDialogProps & { close: () => void }) {
	const { account, merchants } = useHub();
	const queries = useQueryClient();
	const [name, setName] = useState("");
	const [merchantId, setMerchantId] = useState(everything);
	const [connectionId, setConnectionId] = useState(everything);
	const [days, setDays] = useState("90");
	const [chosen, setChosen] = useState<Permission[]>([]);
	const connections = useQuery(api.connections.list.queryOptions({ input: { accountId: account.id } }));
	const level: KeyLevel =
		connectionId !== everything ? "connection" : merchantId !== everything ? "merchant" : "account";
	const permissions = chosen.filter((permission) => keyLevels[permission].includes(level));
	const save = useMutation({
		mutationFn: () =>
			apiClient.apiKeys.create({
				accountId: account.id,
				name,
				permissions,
				expiresInDays: days === "never" ? null : Number(days),
				...(merchantId !== everything && { merchantId }),
				...(connectionId !== everything && { connectionId }),
			}),
		onSuccess: async ({ key }) => {
			onMade({ name, key });
			close();
			await queries.invalidateQueries({ queryKey: api.apiKeys.key() });
		},
	});
	const problem = save.error ? readProblem(save.error) : null;
	const ofMerchant = connections.data?.items.filter(({ merchant }) => merchant.id === merchantId) ?? [];
	return (
		// The form stands between the dialog and its body: without these the body would not scroll on low screens.
		<Form
			className="flex min-h-0 flex-col"
			onSubmit={(event) => {
				event.preventDefault();
				save.mutate();
			}}
		>
			<Modal.Header>
				<Modal.Heading>Make an API key</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
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
					<Input className="w-full" placeholder="The program that will use it" />
					<FieldError>{problem?.fields.name}</FieldError>
				</TextField>
				<Pick
					label="Merchant"
					value={merchantId}
					options={[
						{ value: everything, label: "The whole account" },
						...merchants.map(({ id, name: label }) => ({ value: id, label })),
					]}
					onChange={(id) => {
						setMerchantId(id);
						setConnectionId(everything);
					}}
				/>
				{merchantId !== everything && (
					<Pick
						label="Connection"
						value={connectionId}
						options={[
							{ value: everything, label: "All of the merchant" },
							...ofMerchant.map(({ id, name: label }) => ({ value: id, label })),
						]}
						onChange={setConnectionId}
					/>
				)}
				<PermissionChoice
					level={level}
					chosen={permissions}
					onChange={setChosen}
					problem={problem?.fields.permissions}
				/>
				<Pick label="Works for" value={days} options={lives} onChange={setDays} />
				{problem && Object.keys(problem.fields).length === 0 && <ErrorPanel error={save.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Close
				</Button>
				<Button type="submit" isPending={save.isPending}>
					Make the key
				</Button>
			</Modal.Footer>
		</Form>
	);
}
