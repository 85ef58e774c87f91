"use client";
import { Button, Form } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type FieldValues, useForm } from "react-hook-form";
import type { z } from "zod";
import { linkClient } from "@/lib/api/client";
import type { connectContract } from "@/lib/api/contract/share-links";
import { CheckResult } from "../connection/check-result";
import { Guide } from "../connection/guide";
import { type FormField, givenValues, type LoadChoices, startValues } from "../form/field";
import { SchemaFields } from "../form/schema-fields";
import { ErrorPanel } from "../shell/error-panel";
import { Notice } from "../ui/notice";
import { readProblem } from "../ui/problem";

type AskedFor = z.input<NonNullable<(typeof connectContract.get)["~orpc"]["outputSchema"]>>;

/** What somebody with a link fills in: the system's own fields. Nothing is kept until it works. */
export function ConnectForm({ token, asked }: { token: string; asked: AskedFor }) {
	const client = useMemo(() => linkClient(token), [token]);
	const [done, setDone] = useState(false);
	const fields: FormField[] = asked.fields;
	const form = useForm<FieldValues>({ defaultValues: startValues(fields, asked.values) });
	const values = () => givenValues(fields, form.getValues());
	const showProblems = (error: unknown) => {
		for (const [name, message] of Object.entries(readProblem(error).fields)) form.setError(name, { message });
	};
	const showAnswer = (answer: { ok: true } | { ok: false; fix: string; field: string | null }) => {
		if (!answer.ok && answer.field) form.setError(answer.field, { message: answer.fix });
	};
	const test = useMutation({
		mutationFn: () => client.connect.test({ values: values() }),
		onError: showProblems,
		onSuccess: showAnswer,
	});
	const save = useMutation({
		mutationFn: () => client.connect.save({ values: values() }),
		onMutate: () => test.reset(),
		onError: showProblems,
		onSuccess: (answer) => {
			showAnswer(answer);
			if (answer.ok) setDone(true);
		},
	});
	const loadChoices: LoadChoices = async (field) => {
		const choices = field.choicesFrom === "shipMethods" ? "shipMethods" : "locations";
		return (await client.connect.choices({ choices, values: values() })).items;
	};
	if (done)
		return (
			<Notice tone="done" title={`${asked.system} is connected`} live>
				Thank you. {asked.account} can move your orders now, and was told by mail. You can close this page; the link is
				used up.
			</Notice>
		);
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
				<SchemaFields fields={fields} control={form.control} system={asked.system} loadChoices={loadChoices} />
				{test.isError && <ErrorPanel error={test.error} />}
				<CheckResult answer={save.data ?? test.data} />
				{save.isError && <ErrorPanel error={save.error} />}
				<div className="flex flex-wrap gap-2">
					<Button type="submit" isPending={save.isPending}>
						Connect
					</Button>
					<Button
						variant="outline"
						isPending={test.isPending}
						onPress={() => {
							form.clearErrors();
							save.reset();
							test.mutate();
						}}
					>
						Test connection
					</Button>
				</div>
			</Form>
			<Guide card={{ name: asked.system, guide: asked.guide }} />
		</div>
	);
}
