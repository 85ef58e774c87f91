"use client";
import { Button, FieldError, Input, Label, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { connectionDetail } from "@/lib/api/contract/connections";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMaySetUp } from "../shell/hub-context";
import { connectionLooks } from "../status/connection-status";
import { StatusTag } from "../status/status-tag";
import { LinkButton } from "../ui/link-button";
import { readProblem } from "../ui/problem";
import { Facts, Section } from "../ui/section";
import { Time } from "../ui/time";

type Connection = z.output<typeof connectionDetail>;

/** A warehouse as the channel that orders go out by: what it is, which carts feed it, and where words are translated. */
export function ChannelGeneral({ connection }: { connection: Connection }) {
	return (
		<>
			<Section title="General">
				<Facts
					facts={[
						{ label: "Application type", value: connection.connector.name },
						{ label: "Merchant", value: connection.merchant.name },
						{ label: "Connected", value: <Time at={connection.createdAt} /> },
					]}
				/>
				<DisplayName connection={connection} />
			</Section>
			<Section title="Mappings" about="Between the words of carts, ours, and those of this warehouse.">
				<MappingLinks connection={connection} />
			</Section>
			<Section
				title="Integrations"
				about="The carts whose orders go to this warehouse, and which are told its stock."
				bare
			>
				<Feeds connection={connection} />
			</Section>
		</>
	);
}

function DisplayName({ connection }: { connection: Connection }) {
	const { account } = useHub();
	const mayChange = useMaySetUp("destination");
	const queries = useQueryClient();
	const [name, setName] = useState(connection.name);
	const save = useMutation(
		api.connections.update.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.connections.key() }),
		}),
	);
	const problem = save.error ? readProblem(save.error).fields.name : undefined;
	return (
		<form
			className="mt-4 flex max-w-xl flex-wrap items-end gap-2"
			onSubmit={(event) => {
				event.preventDefault();
				save.mutate({ accountId: account.id, connectionId: connection.id, name, values: {}, options: {} });
			}}
		>
			<TextField
				className="min-w-56 flex-1"
				value={name}
				onChange={setName}
				isRequired
				isDisabled={!mayChange}
				isInvalid={problem !== undefined}
				validationBehavior="aria"
			>
				<Label>Display name</Label>
				<Input className="w-full" />
				<FieldError>{problem}</FieldError>
			</TextField>
			{mayChange && (
				<Button type="submit" isPending={save.isPending} isDisabled={name.trim() === "" || name === connection.name}>
					Save
				</Button>
			)}
			{save.isError && !problem && <ErrorPanel error={save.error} />}
		</form>
	);
}

function MappingLinks({ connection: { id, merchant, card, connector } }: { connection: Connection }) {
	const href = useHref();
	const hasReferences = card.options.destination.some(({ template }) => template);
	const links: { label: string; path: string | null; why?: string }[] = [
		{ label: "Carrier Mappings", path: `mappings/carriers?connection=${id}` },
		{ label: "SKU Mappings", path: `mappings/items?merchant=${merchant.id}` },
		{
			label: "Reference Mappings",
			path: hasReferences ? `connections/${id}?tab=settings` : null,
			why: `${connector.name} keeps nothing of an order that could be built from a text.`,
		},
	];
	return (
		<ul className="flex flex-wrap items-center gap-2">
			{links.map(({ label, path, why }) => (
				<li key={label}>
					{path ? (
						<LinkButton variant="outline" href={href(path)}>
							{label}
						</LinkButton>
					) : (
						<Unavailable label={label}>{why}</Unavailable>
					)}
				</li>
			))}
		</ul>
	);
}

function Unavailable({ label, children }: { label: string; children: ReactNode }) {
	return (
		<span className="flex flex-wrap items-center gap-2 text-[13px] text-muted">
			<Button variant="outline" isDisabled>
				{label}
			</Button>
			{children}
		</span>
	);
}

function Feeds({ connection }: { connection: Connection }) {
	const href = useHref();
	if (connection.partners.length === 0)
		return (
			<div className="card-frame flex flex-wrap items-center gap-3 p-4 text-[13px] text-muted">
				No cart yet.
				<LinkButton variant="outline" href={href(`connections/new?merchant=${connection.merchant.id}`)}>
					Connect one
				</LinkButton>
			</div>
		);
	return (
		<ul className="card-frame divide-y divide-separator">
			{connection.partners.map(({ id, name, connector, state }) => (
				<li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
					<span className="min-w-40 flex-1">
						<Link href={href(`connections/${id}`)} className="font-medium hover:underline">
							{name}
						</Link>
						<span className="block text-[13px] text-muted">{connector}</span>
					</span>
					<StatusTag look={connectionLooks[state]} />
				</li>
			))}
		</ul>
	);
}
