<#
.SYNOPSIS
Builds the zip that the admin of a nopCommerce shop uploads.

.DESCRIPTION
Runs "dotnet build -t:Package" and returns the zip as a file. The zip holds the plugin for every version of nopCommerce that it supports; the shop picks
its own. Needs the .NET SDK 10 and nothing of nopCommerce, unless -NopCommerceDir says so.

.PARAMETER Configuration
Release (what a shop should get) or Debug.

.PARAMETER Version
The version of the plugin, such as 4.90.2. Without it, the version that Directory.Build.props names.

.PARAMETER NopCommerceDir
The folder of a built or published nopCommerce, the one with Nop.Core.dll in it. The plugin is then compiled against these assemblies, and the zip holds the
plugin for that version of nopCommerce only.

.PARAMETER Output
The folder to write the zip to. Without it, the folder "artifacts" beside this script.

.INPUTS
None.

.OUTPUTS
System.IO.FileInfo. The zip.

.EXAMPLE
./build.ps1

Builds artifacts/Payments.MultiSafepay_<version>.zip for all supported versions of nopCommerce.

.EXAMPLE
./build.ps1 -Version 4.90.2 -Output ~/releases

Builds version 4.90.2 into another folder.

.EXAMPLE
./build.ps1 -NopCommerceDir ../nopCommerce/src/Presentation/Nop.Web/bin/Release/net9.0

Compiles against the assemblies of a real nopCommerce.
#>
#Requires -Version 5.1

[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [ValidatePattern('^\d+\.\d+\.\d+$')]
    [string] $Version,

    [ValidateNotNullOrEmpty()]
    [string] $NopCommerceDir,

    [ValidateNotNullOrEmpty()]
    [string] $Output
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Resolve-Folder([string] $Path) {
    $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
}

if (-not (Get-Command -Name dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
    throw 'The .NET SDK 10 is needed: there is no "dotnet" on the path. See https://dotnet.microsoft.com/download.'
}

$project = [System.IO.Path]::Combine($PSScriptRoot, 'Nop.Plugin.Payments.MultiSafepay')

# A packaging run leaves no build servers behind.
$arguments = @('build', $project, '-t:Package', '-tl:off', '-nologo', '-nodeReuse:false', '-p:UseSharedCompilation=false')
$arguments += @('-c', $Configuration, "-p:PackageConfiguration=$Configuration")

if ($Version) {
    $arguments += "-p:PluginVersion=$Version"
}

if ($NopCommerceDir) {
    $folder = Resolve-Folder $NopCommerceDir
    if (-not [System.IO.File]::Exists([System.IO.Path]::Combine($folder, 'Nop.Core.dll'))) {
        throw "NopCommerceDir: there is no Nop.Core.dll in '$folder'. Give the folder of a built or published nopCommerce."
    }

    $arguments += "-p:NopCommerceDir=$folder"
}

if ($Output) {
    $arguments += "-p:PackageDir=$(Resolve-Folder $Output)"
}

$zip = $null
$problems = @()
& dotnet @arguments | ForEach-Object {
    $line = [string] $_
    if ($line -match '-> (.+\.zip)\s*$') {
        $zip = $Matches[1]
    }
    elseif ($line -match '\berror\b.*:' -and $problems -notcontains $line.Trim()) {
        $problems += $line.Trim()
    }

    $line
} | Out-Host

if ($LASTEXITCODE -ne 0) {
    throw "dotnet build failed with exit code ${LASTEXITCODE}.$([Environment]::NewLine)$($problems -join [Environment]::NewLine)"
}

if (-not $zip) {
    throw 'dotnet build has written no zip.'
}

[System.IO.FileInfo] $zip
