"use client";
import { Button, Form } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { namedFlows } from "@/lib/api/contract/integration-tests";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import type { Step } from "./step-card";

/** Says with what a flow is tested. Another name begins the flow anew. */
export function NameSubject({ testId, step }: { testId: string; step: Step }) {
	const { account } = useHub();
	const mayTest = useMay("connections:write");
	const queries = useQueryClient();
	const [subject, setSubject] = useState(step.subject);
	const flow = namedFlows.find((one) => one === step.flow);
	const name = useMutation({
		mutationFn: (given: { flow: (typeof namedFlows)[number]; subject: string }) =>
			apiClient.integrationTests.name({ accountId: account.id, testId, ...given }),
		onSuccess: () => queries.invalidateQueries({ queryKey: api.integrationTests.key() }),
	});
	if (!flow || !mayTest) return null;
	const problem = name.error ? readProblem(name.error) : null;
	return (
		<Form
			className={`mt-3 flex flex-wrap gap-2 print:hidden ${problem?.fields.subject ? "items-center" : "items-end"}`}
			onSubmit={(event) => {
				event.preventDefault();
				name.mutate({ flow, subject });
			}}
		>
			<span className="min-w-0 flex-1 basis-52 sm:max-w-80">
				<PlainField
					label={step.asks ?? ""}
					value={subject}
					onChange={setSubject}
					problem={problem?.fields.subject}
					isRequired
				/>
			</span>
			<Button
				type="submit"
				variant={step.subject ? "outline" : "primary"}
				isDisabled={subject.trim() === "" || subject.trim() === step.subject}
				isPending={name.isPending}
				aria-label={`${step.subject ? "Change" : "Watch for it"}: ${step.asks}`}
			>
				{step.subject ? "Change" : "Watch for it"}
			</Button>
			{problem && !problem.fields.subject && (
				<span className="basis-full">
					<ErrorPanel error={name.error} />
				</span>
			)}
		</Form>
	);
}
