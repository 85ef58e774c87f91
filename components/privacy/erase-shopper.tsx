"use client";
import { Button, FieldError, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import { readProblem } from "../ui/problem";

const keys = [
	{ value: "email", label: "Mail address" },
	{ value: "phone", label: "Phone number" },
	{ value: "number", label: "Order number" },
] as const;
type Key = (typeof keys)[number]["value"];
const everyone = "every";

/** Finds a shopper's orders, says what would happen, and erases after a second yes. */
export function EraseShopper() {
	const { account } = useHub();
	const accountId = account.id;
	const queries = useQueryClient();
	const [by, setBy] = useState<Key>("email");
	const [value, setValue] = useState("");
	const [merchant, setMerchant] = useState(everyone);
	const merchants = useQuery(api.merchants.list.queryOptions({ input: { accountId } }));
	const asked = { accountId, by, value, ...(merchant !== everyone && { merchantId: merchant }) };
	const find = useMutation({ mutationFn: () => apiClient.privacy.previewErasure(asked) });
	const erase = useMutation({
		mutationFn: () => apiClient.privacy.erase(asked),
		onSuccess: async () => {
			setValue("");
			find.reset();
			await queries.invalidateQueries({ queryKey: api.privacy.key() });
		},
	});
	const change =
		<T,>(set: (next: T) => void) =>
		(next: T) => {
			set(next);
			find.reset();
			erase.reset();
		};
	const choices = merchants.data?.items ?? [];
	const problem = find.error ? readProblem(find.error) : null;
	const label = keys.find((key) => key.value === by)?.label ?? "";
	return (
		<Form
			className="flex max-w-xl flex-col items-stretch gap-3"
			autoComplete="off"
			onSubmit={(event) => {
				event.preventDefault();
				find.mutate();
			}}
		>
			<div className="grid gap-3 sm:grid-cols-2">
				<Pick
					label="Known by"
					value={by}
					options={[...keys]}
					onChange={change((next: string) => setBy(keys.find((key) => key.value === next)?.value ?? "email"))}
				/>
				{choices.length > 1 && (
					<Pick
						label="Orders of"
						value={merchant}
						options={[
							{ value: everyone, label: "Every merchant" },
							...choices.map(({ id, name }) => ({ value: id, label: name })),
						]}
						onChange={change(setMerchant)}
					/>
				)}
			</div>
			<TextField
				fullWidth
				value={value}
				onChange={change(setValue)}
				isRequired
				isInvalid={problem?.fields.value !== undefined}
				validationBehavior="aria"
			>
				<Label>{label}</Label>
				<Input className="w-full" autoComplete="off" spellCheck="false" />
				<FieldError>{problem?.fields.value}</FieldError>
			</TextField>
			{problem && !problem.fields.value && <ErrorPanel error={find.error} />}
			{erase.isError && <ErrorPanel error={erase.error} />}
			{erase.isSuccess && (
				<Notice tone="done" live>
					It has begun. Below you see how far it is; you may leave this page.
				</Notice>
			)}
			{find.data ? (
				<Found merchants={find.data.merchants} isPending={erase.isPending} onErase={() => erase.mutate()} />
			) : (
				<Button type="submit" variant="outline" className="self-start" isPending={find.isPending}>
					Find orders
				</Button>
			)}
		</Form>
	);
}

interface FoundProps {
	merchants: { id: string; name: string; orders: number; openOrders: number }[];
	isPending: boolean;
	onErase: () => void;
}

function Found({ merchants, isPending, onErase }: FoundProps) {
	const orders = merchants.reduce((sum, merchant) => sum + merchant.orders, 0);
	const open = merchants.reduce((sum, merchant) => sum + merchant.openOrders, 0);
	if (orders === 0)
		return (
			<Notice tone="info" title="No order fits" live>
				Check the spelling, or try another way to know the shopper. What was erased before is not found any more.
			</Notice>
		);
	return (
		<Notice
			tone="look"
			live
			title={`${plural(orders, "order")} of ${plural(merchants.length, "merchant")}`}
			action={
				<ConfirmButton
					label={`Erase ${plural(orders, "order")}`}
					heading="Erase this shopper?"
					isPending={isPending}
					onConfirm={onErase}
				>
					Name, addresses, mail, phone, notes and gift messages are replaced in orders, requests, runs, alerts and the
					audit log. It cannot be undone. Exports made before are removed.
				</ConfirmButton>
			}
		>
			<p>{merchants.map(({ name, orders: count }) => `${name}: ${count}`).join(" · ")}</p>
			{open > 0 && (
				<p>
					{open === 1
						? "One is still open: it is erased when it closes."
						: `${open} are still open: those are erased when they close.`}
				</p>
			)}
		</Notice>
	);
}
