"use client";
import { Button, Description, FieldError, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";

interface RetentionFormProps {
	days: number | null;
	/** Of one order source; absent for the whole account. */
	connectionId?: string;
}

/** Days until personal data goes; says what a change would erase before it is saved. */
export function RetentionForm({ days, connectionId }: RetentionFormProps) {
	const { account } = useHub();
	const accountId = account.id;
	const queries = useQueryClient();
	const [text, setText] = useState(days === null ? "" : String(days));
	const asked = daysOf(text);
	const changed = asked !== "wrong" && asked !== days;
	const input = { accountId, days: asked === "wrong" ? null : asked };
	const preview = useQuery({
		...(connectionId
			? api.privacy.previewSource.queryOptions({ input: { ...input, connectionId } })
			: api.privacy.previewRetention.queryOptions({ input })),
		enabled: changed,
	});
	const save = useMutation({
		mutationFn: () =>
			connectionId ? apiClient.privacy.setSource({ ...input, connectionId }) : apiClient.privacy.setRetention(input),
		onSuccess: () => queries.invalidateQueries({ queryKey: api.privacy.key() }),
	});
	const erases = preview.data?.orders ?? 0;
	return (
		<Form
			className="flex max-w-xl flex-col items-start gap-3"
			onSubmit={(event) => {
				event.preventDefault();
				if (changed && preview.data && erases === 0) save.mutate();
			}}
		>
			<TextField
				value={text}
				onChange={setText}
				inputMode="numeric"
				isInvalid={asked === "wrong"}
				validationBehavior="aria"
			>
				<Label>Days after an order closed</Label>
				<Input className="w-32" placeholder={connectionId ? "As the account" : "Keep"} />
				<Description>
					{connectionId
						? "Empty: as the account. It holds for the orders of this source."
						: "Empty: kept without end. An order closes when it is shipped, confirmed or canceled."}
				</Description>
				<FieldError>{asked === "wrong" ? "Type a whole number from 1 to 3650, or nothing." : ""}</FieldError>
			</TextField>
			{changed && preview.data && (
				<div className="w-full">
					<Notice tone={erases > 0 ? "look" : "info"} live>
						{erases === 0
							? "No order would be erased now."
							: `${plural(erases, "order")} would be erased within the hour.`}
						{preview.data.openOrders > 0 &&
							` ${plural(preview.data.openOrders, "order")} of that age ${preview.data.openOrders === 1 ? "is" : "are"} still open and stay${preview.data.openOrders === 1 ? "s" : ""} until closed that long.`}
					</Notice>
				</div>
			)}
			{preview.isError && <ErrorPanel error={preview.error} />}
			{save.isError && <ErrorPanel error={save.error} />}
			{save.isSuccess && !changed && (
				<div className="w-full">
					<Notice tone="done" live>
						Saved.
					</Notice>
				</div>
			)}
			{changed && erases > 0 ? (
				<ConfirmButton
					label="Save and erase"
					heading={`Erase the personal data of ${plural(erases, "order")}?`}
					isPending={save.isPending}
					onConfirm={() => save.mutate()}
				>
					It begins within the hour and cannot be undone. Numbers, SKUs, quantities and tracking numbers stay.
				</ConfirmButton>
			) : (
				changed && (
					<Button type="submit" isPending={save.isPending || preview.isPending}>
						Save
					</Button>
				)
			)}
		</Form>
	);
}

/** Nothing means null; what is no number of days is "wrong". */
function daysOf(text: string): number | null | "wrong" {
	const trimmed = text.trim();
	if (trimmed === "") return null;
	const days = Number(trimmed);
	return Number.isInteger(days) && days >= 1 && days <= 3650 ? days : "wrong";
}
