"use client";
import { Button, FieldError, Form, Input, Label, Modal, Switch, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import type { OrderView } from "./use-order-filters";

interface ViewDialogProps {
	/** Renames or shares this one; without it, saves what is shown under a new name. */
	view?: OrderView;
	/** What the list shows now. */
	shown: Pick<OrderView, "filter" | "columns">;
	onSaved: (id: string) => void;
}

export function ViewDialog(props: ViewDialogProps) {
	return (
		<Modal>
			<Button size="sm" variant="outline">
				{props.view ? "Rename or share" : "Save as a view"}
			</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <ViewForm {...props} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function ViewForm({ view, shown, onSaved, close }: ViewDialogProps & { close: () => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const mayShare = useMay("orders:write");
	const [name, setName] = useState(view?.name ?? "");
	const [shared, setShared] = useState(view?.shared ?? false);
	const save = useMutation({
		mutationFn: () =>
			view
				? apiClient.orderViews.update({ accountId: account.id, viewId: view.id, name, shared })
				: apiClient.orderViews.create({ accountId: account.id, name, shared, ...shown }),
		onSuccess: async ({ id }) => {
			await queries.invalidateQueries({ queryKey: api.orderViews.key() });
			onSaved(id);
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
				<Modal.Heading>{view ? `Rename or share ${view.name}` : "Save as a view"}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				{!view && <p className="text-[13px] text-muted">Keeps the filters and the columns that are shown now.</p>}
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
					<Input className="w-full" placeholder="Late errors" />
					<FieldError>{problem?.fields.name}</FieldError>
				</TextField>
				{(mayShare || shared) && (
					<Switch isSelected={shared} onChange={setShared}>
						<Switch.Content>
							<Switch.Control>
								<Switch.Thumb />
							</Switch.Control>
							Share with everybody on your side of {account.name}
						</Switch.Content>
					</Switch>
				)}
				{problem && !problem.fields.name && <ErrorPanel error={save.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep as it is
				</Button>
				<Button type="submit" isPending={save.isPending}>
					Save
				</Button>
			</Modal.Footer>
		</Form>
	);
}
