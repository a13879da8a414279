; Duecast's Setup.exe: for the one who starts it, without an administrator. /S installs silently, /D=folder (last) names
; another folder. The files and how to remove them come from the package: scripts/packaging/windows.mjs.

!ifdef TARGET
  Target ${TARGET}
!else
  Unicode true
!endif
!include MUI2.nsh
!include FileFunc.nsh

Name "Duecast"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Duecast"
InstallDirRegKey HKCU "Software\Duecast" "InstallLocation"
SetCompressor /SOLID lzma
SetCompressorDictSize 32
ManifestDPIAware true
BrandingText " "

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Duecast"
VIAddVersionKey "FileDescription" "Duecast Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "The Duecast authors"
VIAddVersionKey "LegalCopyright" "Copyright The Duecast authors"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Duecast"
!define PROGID "Duecast.Portfolio"
!define UNINSTALLER "Uninstall Duecast.exe"

!define MUI_FINISHPAGE_RUN "$INSTDIR\Duecast.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A program that runs keeps its file locked.
!macro REFUSE_WHILE_RUNNING
  retry:
  IfFileExists "$INSTDIR\Duecast.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\Duecast.exe" a
  IfErrors 0 unlocked
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Duecast is open. Close it, then try again." /SD IDCANCEL IDRETRY retry
  SetErrorLevel 2
  Quit
  unlocked:
  FileClose $0
  closed:
!macroend

Section "Duecast"
  !insertmacro REFUSE_WHILE_RUNNING
  ; What an earlier version had and this one has not must not stay behind.
  IfFileExists "$INSTDIR\${UNINSTALLER}" 0 +2
    ExecWait '"$INSTDIR\${UNINSTALLER}" /S _?=$INSTDIR'
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"

  CreateShortcut "$SMPROGRAMS\Duecast.lnk" "$INSTDIR\Duecast.exe"

  WriteRegStr HKCU "Software\Duecast" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Duecast"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Duecast authors"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Duecast.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  WriteRegStr HKCU "Software\Classes\.duecast" "" "${PROGID}"
  WriteRegStr HKCU "Software\Classes\${PROGID}" "" "Duecast portfolio"
  WriteRegStr HKCU "Software\Classes\${PROGID}\DefaultIcon" "" "$INSTDIR\Duecast.exe,0"
  WriteRegStr HKCU "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\Duecast.exe" "%1"'
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  !insertmacro REFUSE_WHILE_RUNNING
  ; By name: a portfolio that lies in the program's folder stays.
  !include "${UNINSTALL_FILES}"
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Duecast.lnk"

  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Classes\${PROGID}"
  DeleteRegKey HKCU "Software\Duecast"
  ReadRegStr $0 HKCU "Software\Classes\.duecast" ""
  StrCmp $0 "${PROGID}" 0 +2
    DeleteRegKey HKCU "Software\Classes\.duecast"
  ${RefreshShellIcons}

  ; An update and a silent removal keep them.
  MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "Remove your settings and the list of recent portfolios, too?$\r$\n$\r$\nThe portfolios themselves stay where they are." /SD IDNO IDNO keep
    RMDir /r "$APPDATA\Duecast"
  keep:
SectionEnd
