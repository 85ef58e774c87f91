"use client";
import { Button, FieldError, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type FieldValues, useForm } from "react-hook-form";
import type { z } from "zod";
import { api, apiClient } from "@/lib/api/client";
import type { connectionDetail, connectorCard } from "@/lib/api/contract/connections";
import { type FormField, type LoadChoices, startValues } from "../form/field";
import { SchemaFields } from "../form/schema-fields";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay, useMaySetUp } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { readProblem } from "../ui/problem";
import { CheckResult } from "./check-result";
import { fieldsToAsk, formValues, optionName, sent } from "./connection-values";
import { Guide } from "./guide";
import { MapPreview } from "./map-preview";
import { ReferencePreview } from "./reference-preview";
import { SharedSettings, useSaveShared } from "./shared-settings";

type Card = z.output<typeof connectorCard>;

interface ConnectionFormProps {
	card: Card;
	side: "source" | "destination";
	merchantId: string;
	existing?: z.output<typeof connectionDetail>;
	onSaved: (id: string) => void;
	onBack?: () => void;
	/** Only these settings, where a page keeps what few people touch apart. */
	only?: "main" | "advanced";
}

/** The settings of a connection, drawn from the connector's own description; tested before or while they are saved. */
export function ConnectionForm({ card, side, merchantId, existing, onSaved, onBack, only }: ConnectionFormProps) {
	const { account } = useHub();
	const queries = useQueryClient();
	const mayShare = useMay("account:write");
	const mayChange = useMaySetUp(side);
	const hasShared = account.kind === "fulfillment" && mayShare && card.fields.some(({ level }) => level === "account");
	const credentials = useQuery(
		api.credentials.list.queryOptions({ input: { accountId: account.id }, enabled: hasShared }),
	);
	const [credentialId, setCredentialId] = useState<string | null>(existing?.credential?.id ?? null);
	const [name, setName] = useState(existing?.name ?? card.name);
	const fields = fieldsToAsk(card, side, credentialId !== null);
	const shown = fields.filter(({ advanced }) => !only || advanced === (only === "advanced"));
	const form = useForm<FieldValues>({ defaultValues: startValues(fields, formValues(existing)) });
	const showProblems = (error: unknown) => {
		const { fields: problems } = readProblem(error);
		for (const [field, message] of Object.entries(problems)) {
			const known = fields.find((one) => one.name === field || one.name === optionName(field));
			if (known) form.setError(known.name, { message });
		}
	};
	const share = useSaveShared(card);
	const given = async () => {
		const { values, options } = sent(fields, form.getValues());
		const shared = await share.save(values, fields);
		return {
			credentialId: shared?.id ?? credentialId,
			values: shared
				? Object.fromEntries(Object.entries(values).filter(([field]) => !shared.fields.includes(field)))
				: values,
			options,
		};
	};
	const about = { accountId: account.id, merchantId, connectorKey: card.key };
	const test = useMutation({
		mutationFn: () => {
			const { values } = sent(fields, form.getValues());
			return apiClient.connections.test({ ...about, connectionId: existing?.id, credentialId, values });
		},
		onError: showProblems,
		onSuccess: (answer) => {
			if (!answer.ok && answer.field) form.setError(answer.field, { message: answer.fix });
		},
	});
	const save = useMutation({
		mutationFn: async () => {
			const parts = await given();
			if (!existing) return apiClient.connections.create({ ...about, side, name, ...parts });
			const { checked } = await apiClient.connections.update({
				accountId: account.id,
				connectionId: existing.id,
				name,
				...parts,
			});
			return { id: existing.id, checked };
		},
		onError: showProblems,
		onSuccess: async ({ id }) => {
			await queries.invalidateQueries({ queryKey: api.connections.key() });
			await queries.invalidateQueries({ queryKey: api.credentials.key() });
			onSaved(id);
		},
	});
	const loadChoices: LoadChoices = async (field: FormField) => {
		const { items } = await apiClient.connections.choices({
			...about,
			side,
			connectionId: existing?.id,
			credentialId,
			values: sent(fields, form.getValues()).values,
			choices: field.choicesFrom === "shipMethods" ? "shipMethods" : "locations",
		});
		return items;
	};
	const saveProblem = save.error ? readProblem(save.error) : null;
	const elsewhere = fields.filter((field) => !shown.includes(field) && form.getFieldState(field.name).error);
	return (
		<div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
			<Form
				className="card-frame flex flex-col gap-6 p-5"
				onSubmit={(event) => {
					event.preventDefault();
					form.clearErrors();
					save.mutate();
				}}
			>
				{!mayChange && <Notice title="You look at these settings, and your role changes nothing of them" />}
				<fieldset disabled={!mayChange} className="m-0 flex min-w-0 flex-col gap-6 border-0 p-0">
					<TextField
						className="max-w-xl"
						name="name"
						value={name}
						onChange={setName}
						isRequired
						isInvalid={saveProblem?.fields.name !== undefined}
						validationBehavior="aria"
					>
						<Label>Name of the connection</Label>
						<Input className="w-full" />
						<FieldError>{saveProblem?.fields.name}</FieldError>
					</TextField>
					{hasShared && only !== "advanced" && credentials.data && (
						<SharedSettings
							system={card.name}
							credentials={credentials.data.items.filter(({ connector }) => connector.key === card.key)}
							credentialId={credentialId}
							onChange={setCredentialId}
							share={share}
						/>
					)}
					<SchemaFields
						fields={only === "advanced" ? shown.map((field) => ({ ...field, advanced: false })) : shown}
						control={form.control}
						secretsSet={existing?.secretsSet ?? []}
						system={card.name}
						{...(mayChange && { loadChoices })}
					/>
				</fieldset>
				{test.error ? <ErrorPanel error={test.error} /> : <CheckResult answer={test.data} />}
				{save.isError && Object.keys(saveProblem?.fields ?? {}).length === 0 && <ErrorPanel error={save.error} />}
				{save.isError && Object.keys(saveProblem?.fields ?? {}).length > 0 && (
					<Notice tone="person" title="Some fields need another value" live>
						{elsewhere.length > 0
							? `Correct these on the other tab of settings: ${elsewhere.map(({ label }) => label).join(", ")}.`
							: "They are marked above."}{" "}
						Nothing was saved yet.
					</Notice>
				)}
				{mayChange && (
					<div className="flex flex-wrap gap-2">
						<Button type="submit" isPending={save.isPending}>
							{existing ? "Save settings" : "Save and start"}
						</Button>
						<Button
							variant="outline"
							isPending={test.isPending}
							onPress={() => {
								form.clearErrors();
								test.mutate();
							}}
						>
							Test connection
						</Button>
						{onBack && (
							<Button variant="ghost" onPress={onBack}>
								Choose another system
							</Button>
						)}
					</div>
				)}
			</Form>
			<Guide card={card} />
			{mayChange && only !== "advanced" && fields.some(({ template }) => template) && (
				<div className="min-w-0 lg:col-span-2">
					<ReferencePreview
						system={card.name}
						fields={fields}
						control={form.control}
						of={{ ...about, connectionId: existing?.id }}
					/>
				</div>
			)}
			{mayChange && card.previews.includes(side) && (
				<div className="min-w-0">
					<MapPreview
						side={side}
						system={card.name}
						given={() => ({ ...about, connectionId: existing?.id, credentialId, ...sent(fields, form.getValues()) })}
					/>
				</div>
			)}
		</div>
	);
}
