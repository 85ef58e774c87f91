"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type FieldValues, useForm } from "react-hook-form";
import type { z } from "zod";
import { api, apiClient } from "@/lib/api/client";
import type { connectorCard, credentialsContract } from "@/lib/api/contract/connections";
import { givenValues, startValues } from "../form/field";
import { SchemaFields } from "../form/schema-fields";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { readProblem } from "../ui/problem";
import { Time } from "../ui/time";

type Credential = z.output<NonNullable<(typeof credentialsContract.list)["~orpc"]["outputSchema"]>>["items"][number];

/** The access a 3PL types once for all its merchants. */
export function CredentialList() {
	const { account } = useHub();
	const input = { accountId: account.id };
	const credentials = useQuery(api.credentials.list.queryOptions({ input }));
	const connectors = useQuery(api.connections.connectors.queryOptions({ input }));
	const [open, setOpen] = useState<string | null>(null);
	const error = credentials.error ?? connectors.error;
	if (error) return <ErrorPanel error={error} />;
	if (credentials.data?.items.length === 0)
		return (
			<EmptyState kind="nothing" title="No shared settings yet">
				When you connect a warehouse, tick "Keep the warehouse's access for all merchants". It is then typed once.
			</EmptyState>
		);
	return (
		<ul className="divide-y divide-separator">
			{credentials.data?.items.map((credential) => {
				const card = connectors.data?.items.find(({ key }) => key === credential.connector.key);
				return (
					<li key={credential.id} className="py-3">
						<div className="flex flex-wrap items-center gap-x-4 gap-y-1">
							<span className="min-w-48 flex-1">
								<span className="block font-medium">{credential.name}</span>
								<span className="block text-[13px] text-muted">
									{credential.connector.name}, used by {credential.connections}{" "}
									{credential.connections === 1 ? "connection" : "connections"}, changed{" "}
									<Time at={credential.updatedAt} />
								</span>
							</span>
							<Button
								size="sm"
								variant="outline"
								aria-expanded={open === credential.id}
								onPress={() => setOpen(open === credential.id ? null : credential.id)}
							>
								{open === credential.id ? "Close" : "Change"}
							</Button>
						</div>
						{open === credential.id && card && <CredentialForm credential={credential} card={card} />}
					</li>
				);
			})}
		</ul>
	);
}

function CredentialForm({ credential, card }: { credential: Credential; card: z.output<typeof connectorCard> }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const fields = card.fields.filter(({ level }) => level === "account");
	const form = useForm<FieldValues>({ defaultValues: startValues(fields, credential.values) });
	const save = useMutation({
		mutationFn: () =>
			apiClient.credentials.update({
				accountId: account.id,
				credentialId: credential.id,
				values: givenValues(fields, form.getValues()),
			}),
		onError: (error) => {
			for (const [name, message] of Object.entries(readProblem(error).fields)) form.setError(name, { message });
		},
		onSuccess: () => queries.invalidateQueries({ queryKey: api.credentials.key() }),
	});
	return (
		<form
			className="mt-4 flex flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				form.clearErrors();
				save.mutate();
			}}
		>
			<SchemaFields fields={fields} control={form.control} secretsSet={credential.secretsSet} system={card.name} />
			{save.isError && <ErrorPanel error={save.error} />}
			{save.isSuccess && (
				<Notice tone="done" title="Saved" live>
					Every connection that uses it has it from now on.
				</Notice>
			)}
			<Button type="submit" className="self-start" isPending={save.isPending}>
				Save
			</Button>
		</form>
	);
}
