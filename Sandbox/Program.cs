using Sandbox;

return await SandboxProgram.RunAsync(args);
