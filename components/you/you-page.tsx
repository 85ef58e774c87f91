"use client";
import { Button, Description, FieldError, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { FactorSection } from "../factor/factor-section";
import { PickField } from "../form/pick-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { Notice } from "../ui/notice";
import { readProblem } from "../ui/problem";
import { Section } from "../ui/section";
import { SessionList } from "./session-list";

/** A person's own settings: they hold in every account. */
export function YouPage() {
	const { person } = useHub();
	return (
		<>
			<PageHeader title="You">Signed in as {person.email}. What you set here holds in every account.</PageHeader>
			<Section title="Name and time zone">
				<PersonForm />
			</Section>
			<Section title="Second factor">
				<FactorSection />
			</Section>
			<Section title="Where you are signed in" bare>
				<SessionList />
			</Section>
		</>
	);
}

const accountZone = "account";

function PersonForm() {
	const { person, account } = useHub();
	const queries = useQueryClient();
	const [name, setName] = useState(person.name ?? "");
	const [zone, setZone] = useState(person.timeZone ?? accountZone);
	const save = useMutation(
		api.me.update.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: api.people.key() }) }),
	);
	const problem = save.error ? readProblem(save.error) : null;
	return (
		<Form
			className="flex max-w-md flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				save.mutate({ name: name.trim() || null, timeZone: zone === accountZone ? null : zone });
			}}
		>
			<TextField
				fullWidth
				value={name}
				onChange={setName}
				autoComplete="name"
				isInvalid={problem?.fields.name !== undefined}
				validationBehavior="aria"
			>
				<Label>Name</Label>
				<Input className="w-full" />
				<Description>Others see it beside what you do. Without it, they see your mail address.</Description>
				<FieldError>{problem?.fields.name}</FieldError>
			</TextField>
			<PickField
				label="Time zone"
				help="Times on every screen are shown in it."
				problem={problem?.fields.timeZone}
				value={zone}
				options={[{ value: accountZone, label: `As the account (${account.timeZone})` }, ...zones()]}
				onChange={(chosen) => setZone(chosen ?? accountZone)}
			/>
			{problem && Object.keys(problem.fields).length === 0 && <ErrorPanel error={save.error} />}
			{save.isSuccess && (
				<Notice tone="done" live>
					Saved.
				</Notice>
			)}
			<Button type="submit" className="self-start" isPending={save.isPending}>
				Save
			</Button>
		</Form>
	);
}

/** Every zone the browser knows; UTC is not among them everywhere. */
function zones(): { value: string; label: string }[] {
	const known = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
	return [...known].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
